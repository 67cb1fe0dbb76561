# guard DIRECTORY PROGRAM ARGUMENT...: runs the program, and ends it when standard input closes.
#
# Standard input is a pipe held by the JVM that started the program. However that JVM ends, by kill -9 too, the kernel closes
# the pipe; then the program is killed and DIRECTORY, unless empty, is removed.
directory=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
{
  while read -r _ <&3; do :; done
  trap '' TERM
  kill -9 "$program"
  while kill -0 "$program"; do sleep 0.02; done
  [ -z "$directory" ] || rm -rf "$directory"
} 2>/dev/null &
watcher=$!
exec 3<&-
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit $code
