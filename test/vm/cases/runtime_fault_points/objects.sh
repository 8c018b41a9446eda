cd ../runtime_kill_points
. ./objects.sh
