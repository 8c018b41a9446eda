cd ../runtime_watch
. ./objects.sh
