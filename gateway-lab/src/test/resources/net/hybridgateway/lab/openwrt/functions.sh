# What OpenWrt's /lib/functions.sh does for packages, as far as ours use it: in the same order, by the same files.
files() {
	local list
	for list in "/lib/apk/packages/$pkgname.list" "/usr/lib/opkg/info/$pkgname.list"; do
		[ ! -f "$list" ] || sed -n "\|^$1|p" "$list"
	done
}

named() {
	pkgname=${pkgname:-$(basename "${1%.*}")}
}

add_group_and_user() {
	local wanted user group
	wanted=$(cat "/lib/apk/packages/$pkgname.rusers" 2> /dev/null ||
		sed -n 's/^Require-User: *//p' "/usr/lib/opkg/info/$pkgname.control" 2> /dev/null)
	[ -n "$wanted" ] || return 0
	user=${wanted%%:*}
	group=${wanted#*:}
	grep -q "^${group%=*}:" /etc/group || echo "${group%=*}:x:${group#*=}:${user%=*}" >> /etc/group
	grep -q "^${user%=*}:" /etc/passwd && return 0
	echo "${user%=*}:x:${user#*=}:${group#*=}:${user%=*}:/var/run/${user%=*}:/bin/false" >> /etc/passwd
	echo "${user%=*}:x:0:0:99999:7:::" >> /etc/shadow
}

default_postinst() {
	local own file result=0
	named "$@"
	[ ! -f "/usr/lib/opkg/info/$pkgname.list" ] || add_group_and_user
	[ -z "$(files /etc/sysctl.d/)" ] || /etc/init.d/sysctl restart
	for file in $(files /etc/uci-defaults/); do
		([ -f "$file" ] && cd "${file%/*}" && . "$file") && rm -f "$file"
	done
	uci commit
	own=/usr/lib/opkg/info/$pkgname.postinst-pkg
	if [ -f "$own" ]; then
		(. "$own")
		result=$?
	fi
	for file in $(files /etc/init.d/); do
		[ "$PKG_UPGRADE" = 1 ] || "$file" enable
		"$file" start
	done
	return $result
}

default_prerm() {
	local file
	named "$@"
	for file in $(files /etc/init.d/); do
		[ "$PKG_UPGRADE" = 1 ] || "$file" disable
		"$file" stop
	done
}
