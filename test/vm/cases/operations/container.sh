# podman is not in the guest: a root of its own with what the image has and the mounts of the command line, in the host's other namespaces. What it does not know it refuses.
podman() {
  action=$1; shift
  podman_$action "$@" || { fail "podman $action $*"; return 64; }
}
# -t NAME -f FILE CONTEXT
podman_build() {
  [ "$1 $3 $#" = "-t -f 5" ] && [ "$(sed -n 's/^FROM //p' $4)" = scratch ] || return
  image=$PWD/image-$2
  copied=$(sed -n 's/^COPY //p' $4)
  mkdir -p $image/proc $image/sys $image${copied#* } && rmdir $image${copied#* } && cp $5/${copied% *} $image${copied#* } &&
    sed -n 's/^ENTRYPOINT //p; s/^CMD //p' $4 | tr -d '[]",' >$image.command
}
podman_run() {
  mounts=
  while [ $# -gt 1 ]; do
    case $1 in
      --rm | --privileged | --pid=host) ;;
      -v) mounts="$mounts $2"; shift ;;
      *) return 64 ;;
    esac
    shift
  done
  image=$PWD/image-$1
  [ -d $image ] && exec unshare -m sh -e ./contain.sh $image "$(echo $(cat $image.command))" $mounts
}
