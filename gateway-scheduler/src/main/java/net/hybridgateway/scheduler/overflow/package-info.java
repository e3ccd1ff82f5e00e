/**
 * When an uplink with the use {@code overflow} helps: which transfers would gain, and whether they did. Pure, like all of
 * this module.
 *
 * <pre>
 *   stage     wish      to
 *   NONE      NONE      JOINING  a full line holds it up, it is the biggest of those, and nobody else is being tried
 *   JOINING   BACKUP    TRIAL    the subflow stands
 *                       NONE     not needed any more; not allowed; not up after 5 s
 *   TRIAL     REGULAR   HELPING  3 s later everything together carries a tenth more
 *                       LOWERED  it does not; not needed; not allowed
 *   HELPING   REGULAR   LOWERED  not needed for 1.5 s; no gain over 3 s; not allowed
 *   LOWERED   BACKUP    NONE     1 s later: what was under way has arrived
 *   TRIAL, HELPING      NONE     no preferred uplink is left: a break, and not decided here
 * </pre>
 *
 * <p>{@link net.hybridgateway.scheduler.overflow.LoadSample}s go in, an {@link
 * net.hybridgateway.scheduler.overflow.OverflowWish} for each connection comes out of {@link
 * net.hybridgateway.scheduler.overflow.OverflowJudge}. Below it: {@code Help} is one connection's stage, {@code Transfer}
 * what it moves, {@code Line} one uplink in one direction. Every figure is defended where it stands.
 *
 * <p>From the start of a long transfer to the first byte over an overflow uplink it takes about 3 s (2 s to be sure, then
 * the join); from the end of the need to the last one about 2 s, and the subflow is closed a second later.
 */
package net.hybridgateway.scheduler.overflow;
