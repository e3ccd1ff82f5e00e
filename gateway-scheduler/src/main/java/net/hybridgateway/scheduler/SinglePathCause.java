package net.hybridgateway.scheduler;

/** Why a connection has one path only although more uplinks are up. */
public enum SinglePathCause {
    NO_ADDRESS_ANNOUNCED("single path: conversion point announced no address"),
    NO_FITTING_FAMILY("single path: no address of the conversion point fits the uplink's address family"),
    ADDRESS_IDS_EXHAUSTED("single path: the connection has used up its 255 address ids");

    private final String sentence;

    SinglePathCause(String sentence) {
        this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }
}
