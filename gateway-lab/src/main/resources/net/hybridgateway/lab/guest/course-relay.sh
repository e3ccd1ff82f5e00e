# One life of the product: start by the init script, a download over both lines, one through a break, memory, and a clean stop.
CROWD=$(setting crowd)

house 8mbit 4mbit
servers
sleep 2
traces | sort > /tmp/before
say traces "$(wc -l < /tmp/before)"
say peer-without "$(peer)"
say available "$(awk '/MemAvailable/ { print $2 }' /proc/meminfo)"

begin=$(millis)
product start
await $START_SECONDS "intercepted connection" intercepted
say start-millis $(($(millis) - begin))
say status-text "$(hybrid-gateway status | head -n 3 | tr '\n' '|')"

say_carried idle
download both &
await 60 "progress of the download" carried_more_than 2000000
say established "$(ask '{"command":"connections"}' | sed 's/{"client":/\n&/g' | grep '"client":"192.168.1.100:' | grep -o '"state":"established"' | wc -l)"
wait $!
say_carried both

download broken &
await 60 "progress of the download" carried_more_than 2000000
say_carried before-the-cut
in_internet ip link set fixed down
wait $!
say_carried broken
say mode "$(mode)"
in_internet ip link set fixed up
await 120 "return of the fixed line" fixed_is online
say_carried return
download returned
say_carried returned

. /lab/memory.sh
say page "$(printf 'GET / HTTP/1.1\r\nHost: 192.168.1.1:8480\r\nConnection: close\r\n\r\n' | in_host timeout 60 socat -t 20 - TCP4:192.168.1.1:8480 | head -n 1)"
say broker "$(grep -c 'mqtt: connected to' /tmp/daemon.log)"
sleep 15
memory idle
if [ "$CROWD" -gt 0 ]; then
	in_host bash /lab/crowd.bash "$BROKER" "$CROWD" > /tmp/crowd.log 2>&1 &
	await 240 "crowd of $CROWD connections" grep -q "^answered" /tmp/crowd.log
	say crowd "$(sed -n 's/^answered //p' /tmp/crowd.log)"
	# What the kernel did to their first SYNs, for those that are not of Multipath TCP.
	awk '/^MPTcpExt:/ { if (!n++) split($0, names); else for (i = 2; i <= NF; i++) if (names[i] ~ /^MPCapable|Fallback/ && $i > 0) print "@@ kernel " names[i], $i }' /proc/net/netstat
	say relayed "$(ask '{"command":"status"}' | sed -n 's/.*"connections":{"active":[0-9]*,"bonded":\([0-9]*\).*/\1/p')"
	memory crowd
	touch /tmp/crowd.end
	sleep 3
fi

begin=$(millis)
product stop
await 60 "end of the daemon" nothing_runs
say stop-millis $(($(millis) - begin))
say processes "$(processes)"
say starts "$(wc -l < "$PROCD_REQUESTS.starts")"
sleep 1
traces | sort > /tmp/after
diff -U 0 /tmp/before /tmp/after | sed -n 's/^\([-+][^-+].*\)/@@ left \1/p'
say daemon-errors "$(grep -c -i -e ' error ' -e exception /tmp/daemon.log)"
