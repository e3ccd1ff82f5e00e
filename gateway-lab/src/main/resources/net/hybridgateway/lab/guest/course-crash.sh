# The daemon dies again and again, at moments that were drawn beforehand, while it carries a download and its settings are changed.
# hg.rounds is a list of kill:MILLISECONDS and oom:MILLISECONDS, parted by commas.
. /lab/writer.sh

# The kernel ends the daemon as it would for want of memory.
oom() {
	echo 1000 > "/proc/$1/oom_score_adj"
	echo f > /proc/sysrq-trigger
}

traffic() {
	while :; do
		in_host timeout 60 socat -u TCP4:$WEB:80 - > /dev/null 2>&1
		sleep 1
	done
}

is_another() { [ "$(daemon)" != "$1" ] && answers && intercepted; }

# Slow lines: what an emulated processor spends on forwarding, it lacks for starts.
house 4mbit 2mbit
servers
product start
await $START_SECONDS "intercepted connection" intercepted
say ready
traffic &
writer &
for round in $(setting rounds | tr ',' ' '); do
	usleep "${round#*:}000"
	touch /tmp/writer.pause
	await 60 "pause of the writer" test -e /tmp/writer.paused
	used=$(used)
	rm -f /tmp/writer.pause /tmp/writer.paused
	pid=$(daemon)
	begin=$(millis)
	case $round in
		kill:*) kill -KILL "$pid" ;;
		oom:*) oom "$pid" ;;
	esac
	await $START_SECONDS "daemon after $round" is_another "$pid"
	took=$(($(millis) - begin))
	touch /tmp/writer.pause
	await 90 "pause of the writer" test -e /tmp/writer.paused
	say round "${round%:*} $took $used $(used) $(acknowledged) $(in_effect) $(asked) $(refused)"
	rm -f /tmp/writer.pause /tmp/writer.paused
done
say oom-kills "$(dmesg | grep -c 'Out of memory: Killed process')"
touch /tmp/writer.end
product stop
await 60 "end of the daemon" nothing_runs
