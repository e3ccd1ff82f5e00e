# One of many lives of a router whose power is cut: starts, says what it has found on its flash, and changes its settings until the
# power goes. In the first of them (hg.first=1), the counts are saved by a clean stop.
. /lab/writer.sh
WRITER_TALKS=1

house 40mbit 20mbit
product start
await $START_SECONDS "daemon" answers
if [ "$(setting first)" = 1 ]; then
	in_internet ping -q -c 200 -i 0.01 -s 1400 198.51.100.2
	product stop
	await 60 "end of the daemon" nothing_runs
	say saved "$(saved)"
	product start
	await $START_SECONDS "daemon" answers
fi
say found "$(in_effect) $(used) $(refused) $(ls /etc/hybrid-gateway | grep -c bad)"
writer &
sleep "$(setting seconds)"
product stop
await 60 "end of the daemon" nothing_runs
# The power goes at any moment up to here; and if not, then here.
sleep 60
