#!/bin/sh
# nginx is started, asked for pages, told to read its configuration again, and ended.
/usr/sbin/nginx -c /etc/nginx/nginx.conf || exit 3
for i in 1 2 3 4 5 6 7; do wget -q -O - http://127.0.0.1/page$i.html || exit 4; done
wget -q -O - http://127.0.0.1/none.html 2>/dev/null && exit 5
/usr/sbin/nginx -s reload 2>/dev/null || exit 6
usleep 300000
wget -q -O - http://127.0.0.1/page1.html || exit 7
/usr/sbin/nginx -s quit 2>/dev/null || exit 8
i=0
while [ -e /run/nginx.pid ] && [ $i -lt 100 ]; do usleep 100000; i=$((i + 1)); done
[ ! -e /run/nginx.pid ] || exit 9
echo used
