# Sourced, from the root of the repository.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Publishes parley, compiled ahead for this machine, into artifacts/parley; silent unless it fails. Its intermediate files
# are its own (artifacts/build), so that it neither disturbs nor repeats a development build, whose business the analyzers are.
publish_parley() {
  local log rid
  log=$(mktemp)
  rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
  if ! dotnet publish src/Parley -c Release -r "$rid" --self-contained false \
      --artifacts-path artifacts/build -o artifacts/parley -p:RunAnalyzers=false -v quiet >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "parley could not be published" >&2
    return 1
  fi
  rm -f "$log"
}
