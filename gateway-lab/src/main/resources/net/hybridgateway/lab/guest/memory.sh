# memory NAME: the daemon's memory as the kernel counts it, in kB, and what it is made of.
memory() {
	local pid name
	name=$1
	pid=$(daemon) || give_up "daemon to measure"
	say "memory-$name" "$(awk '/^Rss:/ { rss = $2 } /^Anonymous:/ { anonymous = $2 } END { print rss, anonymous }' "/proc/$pid/smaps_rollup")"
	# Mappings without a name: by their size and rights, for Java gives them none.
	awk '
		/^[0-9a-f]+-[0-9a-f]+ / { label = $6 == "" ? "anonymous " $2 : $6 }
		/^Size:/ { if (label ~ /^anonymous/) label = label " " $2 }
		/^Rss:/ { rss[label] += $2 }
		/^Anonymous:/ { anonymous[label] += $2 }
		END { for (label in rss) print rss[label], anonymous[label], label }
	' "/proc/$pid/smaps" | sort -rn | head -n 16 | sed "s/^/@@ mapping-$name /"
	say "threads-$name" "$(ls "/proc/$pid/task" | wc -l)"
	say "available-$name" "$(awk '/MemAvailable/ { print $2 }' /proc/meminfo)"
}
