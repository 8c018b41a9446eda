# For one that may, but lacks what loading BPF programs takes.
profile poor /d/lsmpctl-poor {
  file,
  network,
  capability,
  ptrace (read),
  audit deny capability sys_admin,
  audit deny capability bpf,
}
