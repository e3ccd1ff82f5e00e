# crowd.bash BROKER COUNT: that many connections to a broker at the same time, each with a CONNECT and a ping that was answered; they
# are kept until /tmp/crowd.end is there. The answers end with a zero byte (CONNACK 20 02 00 00, PINGRESP d0 00), up to which bash reads.
descriptors=()
for ((i = 0; i < $2; i++)); do
	exec {fd}<> "/dev/tcp/$1/1883" || exit 1
	descriptors+=("$fd")
	printf '\x10\x11\x00\x04MQTT\x04\x02\x00\x00\x00\x05%05d' "$i" >&"$fd"
done
answered=0
for fd in "${descriptors[@]}"; do
	IFS= read -r -d '' -t 60 -u "$fd" _ || break
	IFS= read -r -d '' -t 60 -u "$fd" _ || break
	printf '\xc0\x00' >&"$fd"
	IFS= read -r -d '' -t 60 -u "$fd" _ || break
	answered=$((answered + 1))
done
echo "answered $answered"
until [[ -e /tmp/crowd.end ]]; do sleep 1; done
