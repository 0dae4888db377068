#!/usr/bin/env bash
# Part of deploy.sh: which parameter of the templates has which administrator or e-mail address.

# The parameters of a kind: Administrator1 to Administrator10, or Email1 to Email10.
slots() { seq -f "$1%g" 10; }

# Assigns an unused parameter to each new name. Existing names keep theirs. The parameter of a removed name
# stays empty for one run: another name in its place would replace the user.
assign() {
  local kind=$1 option=$2 name slot used='' noun=name
  [[ $kind != Email ]] || noun=address
  for name in ${options[--$option]-}; do
    slot=${slot_of[$kind ${name,,}]-}
    if [[ $slot ]]; then changes[$slot]=${changes[$slot]-keep} && continue; fi
    for slot in $(slots "$kind") none; do [[ ${parameters[$slot]-} ]] || break; done
    [[ $slot != none ]] || errors+=("--$option: all ten are in use, remove one first; received '$name'")
    parameters[$slot]=$name changes[$slot]=add slot_of[$kind ${name,,}]=$slot
    [[ $kind == Email ]] || ! grep -qixF -e "$name" <<<"$users" ||
      errors+=("--$option: an IAM user has this name, choose another, or delete that user in the IAM console; received '$name'")
  done
  for name in ${options[--remove-$option]-}; do
    slot=${slot_of[$kind ${name,,}]-none}
    [[ $slot != none ]] || { errors+=("--remove-$option: this $noun is not in use; received '$name'") && continue; }
    [[ ${changes[$slot]-remove} == remove ]] ||
      errors+=("--remove-$option: the same $noun is also added; received '$name'")
    changes[$slot]=remove
  done
  for slot in $(slots "$kind"); do
    name=${parameters[$slot]-}
    [[ -z $name ]] || changes[$slot]=${changes[$slot]-stays (--remove-$option removes it)}
    [[ -z $name ]] || plan+=$(printf '\n  %-16s %-32s %s' "$slot" "$name" "${changes[$slot]}")
    [[ ${changes[$slot]-} != remove ]] || name=''
    overrides+=("$slot=$name") used+=$name
  done
  [[ $used ]] || if [[ ${options[--remove-$option]-} ]]; then
    errors+=("--remove-$option: nobody would be left, add another first with --$option")
  else
    errors+=("--$option: at least one is required; received none")
  fi
}

# Refuses a removal after which no name of a kind is left that is ready, if one was.
keep_one() {
  local option=$2 why=$3 ready=$4 slot name removed='' kept=''
  for slot in $(slots "$1"); do
    name=${parameters[$slot]-}
    [[ $name ]] && grep -qixF -e "$name" <<<"$ready" || continue
    if [[ ${changes[$slot]} == remove ]]; then removed+=" $name"; else kept=1; fi
  done
  [[ ! $removed || $kept ]] || errors+=("--remove-$option: $why; received '${removed# }'")
}
