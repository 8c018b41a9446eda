# Every example of the documentation is accepted by the kernel's verifier, attached and taken away again. In audit mode: one denies what the next test needs.
for name in nginx postfix backup web; do echo "$name:x:9$((${#name} + 10)):9:x:/:/bin/sh" >>/etc/passwd; echo "$name:x:9$((${#name} + 10)):" >>/etc/group; done
for name in adm shadow staff; do echo "$name:x:8${#name}:" >>/etc/group; done
for object in *.bpf.o; do
  works "${object%.bpf.o} loads" lsmpctl load --audit $object
  works "${object%.bpf.o} unloads" lsmpctl unload --all
done
