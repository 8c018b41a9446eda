# complete.sh COMPLETION PROGRAM WORD…: what the completion offers for the last word; nothing means files.
. "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
"_$1"
echo "completed:${COMPREPLY[*]:+ ${COMPREPLY[*]}}"
