# What all courses use. Whatever the other side judges is a line of the console: "@@", a word, and what belongs to it.
CONTROL=/var/run/hybrid-gateway/control.sock
OWNER=hybrid-gateway
export PROCD_REQUESTS=/tmp/procd PROCD_LOG=/tmp/daemon.log

# Debian's busybox takes its own programs before all others: these are to be iproute2's.
ip() { /lab/bin/ip "$@"; }
tc() { /lab/bin/tc "$@"; }

say() { echo "@@ $*"; }

# Milliseconds since the boot; the kernel counts hundredths.
millis() {
	local up
	read -r up _ < /proc/uptime
	echo "${up%.*}${up#*.}0"
}

# setting NAME: the value of hg.NAME on the kernel's command line.
setting() { tr ' ' '\n' < /proc/cmdline | sed -n "s/^hg\.$1=//p"; }

# Gives up: the last words of everybody, then off.
give_up() {
	say failed "$*"
	ask '{"command":"connections"}' | sed 's/^/@@ log connections: /'
	for log in /tmp/*.log; do
		tail -n 25 "$log" | sed "s|^|@@ log ${log##*/}: |"
	done
	dmesg | tail -n 10 | sed 's/^/@@ log kernel: /'
	free | sed 's/^/@@ log free: /'
	poweroff -f
}

# await SECONDS WHAT COMMAND…: until the command succeeds.
await() {
	local until what
	until=$(($(millis) + $1 * 1000))
	what=$2
	shift 2
	until "$@" > /dev/null 2>&1; do
		[ "$(millis)" -lt "$until" ] || give_up "no $what"
		usleep 200000
	done
}

# ask REQUEST: of the daemon, over its control socket; the answer is a line of JSON.
ask() { echo "$1" | socat -t 30 - "UNIX-CONNECT:$CONTROL" 2> /dev/null; }

answers() { ask '{"command":"status"}' | grep -q '"ok":true'; }

# The daemon's process; nothing while there is none.
daemon() {
	local pid
	read -r pid 2> /dev/null < "$PROCD_REQUESTS.pid" || return 1
	[ -d "/proc/$pid" ] && echo "$pid"
}

# How many processes the daemon's user has.
processes() {
	local owner
	owner=$(id -u "$OWNER")
	grep -ls "^Uid:.$owner	" /proc/[0-9]*/status | wc -l
}

nothing_runs() { [ "$(processes)" = 0 ]; }

# All that the product may change in the kernel, a line each. Numbers that move by themselves are left out.
traces() {
	ip -4 rule
	ip -6 rule
	ip -4 route show table all
	ip -6 route show table all
	nft -s list ruleset
	ip mptcp endpoint
	ip mptcp limits
	grep -rs . /proc/sys/net/mptcp /proc/sys/net/ipv4 /proc/sys/net/ipv6 /proc/sys/net/bridge | grep -v -e fastopen_key -e blackhole
}

# product start|stop, as at the router's boot and when the owner asks for it.
product() { /etc/init.d/hybrid-gateway "$1" || give_up "$1 by the init script"; }
