#!/bin/sh
# What nginx did not do, one thing after the other: a configuration that asks for it, and what nginx says.
conf=/etc/nginx/nginx.conf
tried() { # NAME MAIN HTTP LISTEN
  echo "user root; pid /run/nginx.pid; $2 events {} http { $3 server { listen ${4:-127.0.0.1:80}; } }" >$conf
  if out=$(/usr/sbin/nginx -t -c $conf 2>&1); then echo "permitted: $1"; else
    case $out in *"Operation not permitted"*) echo "denied: $1" ;; *) echo "failed: $1: $out" ;; esac
  fi
}
tried "nothing else"
tried "reading /etc/shadow" "include /etc/shadow;"
tried "reading root's files" "include /root/secret.conf;"
tried "reading beside the pages" "include /srv/secret.conf;"
tried "another log" "error_log /var/log/nginx/other.log;"
tried "a log elsewhere" "" "access_log /tmp/access.log;"
tried "a folder elsewhere" "" "client_body_temp_path /tmp/body;"
tried "another port" "" "" 127.0.0.1:8080
tried "another address" "" "" 127.0.0.2:80
tried "a socket of a file" "" "" unix:/run/web.sock
tried "IPv6" "" "" "[::1]:80"
cp $conf /etc/nginx/other.conf
if /usr/sbin/nginx -t -c /etc/nginx/other.conf 2>&1 | grep -q "Operation not permitted"; then echo "denied: another configuration"; else echo "permitted: another configuration"; fi
