# As much of OpenWrt's rules.mk as the feed's Makefile uses.
INCLUDE_DIR:=$(TOPDIR)
CP:=cp -fpR
