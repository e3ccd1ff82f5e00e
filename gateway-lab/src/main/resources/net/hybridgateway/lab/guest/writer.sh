# Changes a setting of the daemon's again and again: each time by one more, so that order tells which change was the last.
# /tmp/asked is the last that was asked for, /tmp/acknowledged the last that the daemon said it had made. It rests while
# /tmp/writer.pause is there.
change() {
	ask '{"command":"settings-change","changes":[{"type":"gateway","name":"main","option":"max_connections","value":"'"$1"'"}]}' |
		grep -q '"ok":true'
}

writer() {
	local number
	number=$(in_effect)
	echo "${number:=1000}" > /tmp/asked
	echo "$number" > /tmp/acknowledged
	until [ -e /tmp/writer.end ]; do
		if [ -e /tmp/writer.pause ]; then
			touch /tmp/writer.paused
			usleep 100000
			continue
		fi
		number=$((number + 1))
		echo $number > /tmp/asked
		[ -z "$WRITER_TALKS" ] || say asked $number
		if change $number; then
			echo $number > /tmp/acknowledged
			[ -z "$WRITER_TALKS" ] || say acknowledged $number
			usleep 50000
		else
			# Most likely there is no daemon now, and it needs the processor to come back.
			usleep 500000
		fi
	done
}

asked() { cat /tmp/asked; }

acknowledged() { cat /tmp/acknowledged; }

in_effect() { ask '{"command":"settings"}' | sed -n 's/.*"max_connections":"\([0-9]*\)".*/\1/p'; }

# How many bytes the quota of the cellular line has counted.
used() { ask '{"command":"status"}' | sed -n 's/.*"usedBytes":\([0-9]*\).*/\1/p'; }

# The same, of what the file holds: of this period, and what no clock that can be believed has dated yet.
saved() { awk '$1 == "cellular" { print $7 + $10 }' /etc/hybrid-gateway/quota; }

# How many things are wrong with settings or counts.
refused() { ask '{"command":"status"}' | grep -o -e 'configuration-refused' -e 'settings-not-saved' -e 'quota-lost' -e 'quota-not-saved' | wc -l; }
