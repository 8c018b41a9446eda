# For a lsmpctl that may not look at other processes.
profile held /d/lsmpctl {
  file,
  network,
  capability,
}
