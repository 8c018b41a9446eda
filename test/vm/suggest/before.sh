# What nginx finds on the guest's disk.
ifconfig lo 127.0.0.1 up
mkdir -p /var/log/nginx /var/lib/nginx /srv/www /run /etc/nginx /root
printf 'root:x:0:0:root:/root:/bin/sh\n' >/etc/passwd
printf 'root:x:0:\n' >/etc/group
for i in 1 2 3 4 5 6 7; do echo "page $i" >/srv/www/page$i.html; done
for file in /etc/shadow /root/secret.conf /srv/secret.conf; do echo '# read' >$file; done
