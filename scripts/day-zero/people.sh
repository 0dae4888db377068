#!/usr/bin/env bash
# Part of deploy.sh: which parameter of the templates has which administrator or e-mail address.

# The parameters of a kind: Administrator1 to Administrator10, or Email1 to Email10.
slots() { seq -f "$1%g" 10; }

# Assigns an unused parameter to each new name. Existing names keep theirs. The parameter of a removed name
# stays empty for one run: another name in its place would replace the user.
assign() {
  local kind=$1 option=$2 name slot used=''
  for name in ${options[--$option]-}; do
    slot=${slot_of[$kind ${name,,}]-}
    if [[ $slot ]]; then changes[$slot]=${changes[$slot]-keep} && continue; fi
    for slot in $(slots "$kind") none; do [[ ${parameters[$slot]-} ]] || break; done
    [[ $slot != none ]] || errors+=("--$option: all ten are in use, remove one first; received '$name'")
    parameters[$slot]=$name changes[$slot]=add slot_of[$kind ${name,,}]=$slot
    [[ $kind == Email ]] || ! grep -qixF -e "$name" <<<"$users" ||
      errors+=("--$option: an IAM user has this name, use another or see docs/day-zero.md; received '$name'")
  done
  for name in ${options[--remove-$option]-}; do
    slot=${slot_of[$kind ${name,,}]-none}
    [[ $slot != none && ! ${changes[$slot]-} ]] ||
      errors+=("--remove-$option: is not in use, or is also added; received '$name'")
    changes[$slot]=remove
  done
  for slot in $(slots "$kind"); do
    name=${parameters[$slot]-}
    [[ -z $name ]] || changes[$slot]=${changes[$slot]-stays (--remove-$option removes it)}
    [[ -z $name ]] || plan+=$(printf '\n  %-16s %-32s %s' "$slot" "$name" "${changes[$slot]}")
    [[ ${changes[$slot]-} != remove ]] || name=''
    overrides+=("$slot=$name") used+=$name
  done
  [[ $used ]] || errors+=("--$option: at least one is required; received none")
}
