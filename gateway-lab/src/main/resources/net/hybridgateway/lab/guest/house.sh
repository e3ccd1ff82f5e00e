# A small house: this machine is the router; a LAN host, the Internet with the conversion point, and its servers are namespaces.
#
#   host --- br-lan  router  wan ----- (fixed)
#                            wwan0 --- (cell)  internet  --- servers
#
# START_SECONDS is for a JVM that starts on an emulated processor.
POINT=203.0.113.7
WEB=203.0.113.80
BROKER=203.0.113.83
START_SECONDS=180

in_host() { ip netns exec host "$@"; }
in_internet() { ip netns exec internet "$@"; }
in_servers() { ip netns exec servers "$@"; }

# line DEVICE FAR RATE DELAY: shapes both directions; half of the round trip on each.
line() {
	tc qdisc add dev "$1" root netem rate "$3" delay "$4"
	in_internet tc qdisc add dev "$2" root netem rate "$3" delay "$4"
}

house() {
	sysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.all.ignore_routes_with_linkdown=1
	sysctl -q -p /etc/sysctl.d/50-hybrid-gateway.conf
	ip link set lo up
	ip netns add host
	ip netns add internet
	ip netns add servers
	ip link add br-lan type bridge
	ip link add lan0 type veth peer name eth0 netns host
	ip link add wan type veth peer name fixed netns internet
	ip link add wwan0 type veth peer name cell netns internet
	in_internet ip link add servers type veth peer name eth0 netns servers
	ip link set lan0 master br-lan up
	ip addr add 192.168.1.1/24 dev br-lan
	ip addr add 192.0.2.2/24 dev wan
	ip addr add 198.51.100.2/24 dev wwan0
	in_host ip addr add 192.168.1.100/24 dev eth0
	in_host ip link set eth0 up
	in_internet ip addr add 192.0.2.1/24 dev fixed
	in_internet ip addr add 198.51.100.1/24 dev cell
	in_internet ip addr add $POINT/24 dev servers
	in_internet sysctl -q -w net.ipv4.ip_forward=1
	for device in lo fixed cell servers; do
		in_internet ip link set $device up
	done
	in_servers ip addr add $WEB/24 dev eth0
	in_servers ip addr add $BROKER/24 dev eth0
	in_servers ip link set eth0 up
	in_servers ip route add default via $POINT
	for device in br-lan wan wwan0; do
		ip link set $device up
	done
	ip route add default via 192.0.2.1 dev wan metric 10
	ip route add default via 198.51.100.1 dev wwan0 metric 20
	in_host ip route add default via 192.168.1.1
	nft -f /lab/firewall.nft
	line wan fixed "$1" 10ms
	line wwan0 cell "$2" 25ms
}

# The Internet's servers: whoever connects to port 80 gets the known file, and to port 81 the address that he was seen with. The conversion point is the packed program, too.
servers() {
	in_servers socat "TCP4-LISTEN:80,bind=$WEB,fork,reuseaddr" OPEN:/lab/www/known,rdonly &
	in_servers socat "TCP4-LISTEN:81,bind=$WEB,fork,reuseaddr" SYSTEM:'echo $SOCAT_PEERADDR' &
	in_servers mosquitto -c /lab/mosquitto.conf > /tmp/mosquitto.log 2>&1 &
	in_internet hybrid-gateway mcp --listen "[::]:7000" --run-dir /tmp/point --allow-private > /tmp/point.log 2>&1 &
	await $START_SECONDS "conversion point" grep -q "listening on" /tmp/point.log
}

# The address that the web server sees: the router's, or the conversion point's.
peer() { in_host timeout 10 socat -u TCP4:$WEB:81 -; }

intercepted() { [ "$(peer)" = $POINT ]; }

# download NAME: of the known file by the LAN host; says its SHA-256 and how many milliseconds it took.
download() {
	local begin
	begin=$(millis)
	in_host timeout 180 socat -u -T 60 TCP4:$WEB:80 - | sha256sum > "/tmp/$1.sha"
	say "download-$1" "$(cut -d' ' -f1 "/tmp/$1.sha") $(($(millis) - begin))"
}

received() { cat "/sys/class/net/$1/statistics/rx_bytes"; }

# What the uplinks have received since the last call.
FIXED_BEFORE=0
CELL_BEFORE=0
say_carried() {
	local fixed cell
	fixed=$(received wan)
	cell=$(received wwan0)
	say "carried-$1" $((fixed - FIXED_BEFORE)) $((cell - CELL_BEFORE))
	FIXED_BEFORE=$fixed
	CELL_BEFORE=$cell
}

carried_more_than() { [ $(($(received wan) + $(received wwan0) - FIXED_BEFORE - CELL_BEFORE)) -gt "$1" ]; }

mode() { ask '{"command":"status"}' | sed -n 's/.*"mode":"\([a-z]*\)".*/\1/p'; }

fixed_is() { ask '{"command":"status"}' | grep -q "\"name\":\"fixed\"[^}]*\"state\":\"$1\""; }
