profile theirs /d/confined {
  file,
  network,
  capability,
  audit deny /d/theirs rw,
  audit deny /d/both rw,
  audit deny network inet dgram,
}
