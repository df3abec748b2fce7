import { wscatCommand } from '../connection/address';
import type { Frame } from '../frames/frame';
import { read } from '../frames/FrameLog';
import { kindsOfMember } from '../frames/known';
import { isObject, type JsonValue } from '../json/node';
import { isPlayed, type Recording, speakers } from './recording';
import { shellWord } from './shell';

/**
 * The recording as a shell script that plays it with wscat: every frame is sent when the one before it has been answered, and ids that the
 * server made are read from its new answers.
 */
export function recordingScript(recording: Recording, savedAt: Date): string {
  const players = speakers(recording);
  const lines = players.map(({ name, side, version, token }) => {
    const command = wscatCommand(side, version).replace('wscat -k 60', `connect ${name}`).replace(' -c ', ' ').replace(' -H ', ' ');
    // The address first: the header is not always there.
    const [, header, address] = /^connect \S+( "Authorization:[^"]+")? ("wss:[^"]+")$/.exec(command) ?? [];
    return `connect ${name} ${address}${header ?? ''}`.replaceAll(/\$LP_(JWT|BEARER)/g, `$${token}`);
  });

  const made = idsMade(recording);
  const variables = new Map<string, string>();
  for (const frame of recording.frames) {
    const player = players.find(({ id }) => id === frame.connection);
    if (!player) continue;
    if (isPlayed(frame)) {
      lines.push('', `send ${player.name} ${withVariables(frame.text, variables)}`);
      const answer = recording.frames.find(other => other.asked === frame.number);
      if (answer && frame.requestId !== null) lines.push(`answer ${player.name} ${shellWord(frame.requestId)} >/dev/null # ${answer.code} ${answer.type}`);
    } else if (!frame.isSent && frame.type !== null) {
      for (const { id, member } of made.filter(one => one.frame === frame)) {
        const variable = `${nameOf(member)}_${[...variables.values()].filter(name => name.startsWith(nameOf(member))).length + 1}`;
        const inside = [...variables].filter(([known]) => frame.text.includes(known)).map(([, name]) => `"$${name}"`);
        const from = frame.requestId === null ? `arrival ${player.name} ${[shellWord(`"type":"${frame.type}"`), ...inside].join(' ')}` : `answer ${player.name} ${shellWord(frame.requestId)}`;
        const after = inside[0] && isBehind(frame.text, id, member, variables) ? ` ${inside[0]}` : '';
        lines.push(`${variable}=$(${from} | value ${member}${after})`);
        variables.set(id, variable);
      }
    }
  }
  return `${head(players.map(({ token }) => token), savedAt)}\n${lines.join('\n')}\n\necho "Played to the end."\n`;
}

/** Ids that came from the server before they were sent back to it, each with the frame that brought it. */
function idsMade({ frames }: Recording): { id: string; member: string; frame: Frame }[] {
  const made = new Map<string, { id: string; member: string; frame: Frame }>();
  const sentBefore = new Set<string>();
  for (const [index, frame] of frames.entries()) {
    if (isPlayed(frame)) {
      for (const { id } of idsIn(read(frame.text))) sentBefore.add(id);
    } else if (!frame.isSent) {
      const later = frames.slice(index + 1).filter(isPlayed).map(({ text }) => text);
      for (const { id, member } of idsIn(read(frame.text))) {
        if (!made.has(id) && !sentBefore.has(id) && later.some(text => text.includes(`"${id}"`))) made.set(id, { id, member, frame });
      }
    }
  }
  return [...made.values()];
}

function* idsIn(value: JsonValue | undefined): Generator<{ id: string; member: string }> {
  if (Array.isArray(value)) for (const item of value) yield* idsIn(item);
  if (!isObject(value)) return;
  for (const [member, inner] of Object.entries(value)) {
    const kind = kindsOfMember(member)[0];
    // Accounts, agents and skills are there before; consumers are who their tokens say.
    if (typeof inner === 'string' && (kind === 'conversation' || kind === 'dialog' || kind === 'ring' || kind === 'subscription')) yield { id: inner, member };
    else yield* idsIn(inner);
  }
}

/** Whether the id stands behind the first id known already, as that of a ring does behind its conversation's. */
function isBehind(text: string, id: string, member: string, variables: ReadonlyMap<string, string>): boolean {
  const known = [...variables.keys()].find(one => text.includes(one))!;
  const behind = text.slice(text.indexOf(known) + known.length);
  return new RegExp(`"${member}":"([^"]*)"`).exec(behind)?.[1] === id;
}

function withVariables(text: string, variables: ReadonlyMap<string, string>): string {
  let word = text.replaceAll('\n', ' ');
  for (const [id, name] of variables) word = word.replaceAll(`"${id}"`, `"$${name}"`);
  return shellWord(word, [...variables.values()]);
}

function nameOf(member: string): string {
  return { conversationId: 'CONVERSATION', convId: 'CONVERSATION', originConversationId: 'CONVERSATION', dialogId: 'DIALOG', ringId: 'RING' }[member] ?? 'SUBSCRIPTION';
}

function head(tokens: readonly string[], savedAt: Date): string {
  const wanted = ['LP_ACCOUNT', 'LP_ASYNCMESSAGINGENT', ...tokens];
  return String.raw`#!/usr/bin/env bash
# A conversation recorded with Parley's message builder, ${savedAt.toISOString().slice(0, 10)}. Plays again with bash and wscat:
#   ${wanted.map(name => `${name}=…`).join(' ')} bash conversation.sh
# It waits for the answer to each frame before it sends the next. There is no token in this file.
set -euo pipefail
: ${wanted.map(name => `"\${${name}:?}"`).join(' ')}

work=$(mktemp -d)
running=
trap 'kill $running 2>/dev/null || true; rm -rf "$work"' EXIT
keep=; case "$(wscat --help 2>&1)" in *'-k, '*) keep='-k 60' ;; esac

# connect NAME ADDRESS [HEADER]: what is sent is appended to a file that wscat reads, what arrives stands in another.
connect() {
  : >"$work/$1.in"; : >"$work/$1.out"
  tail -n +1 -f "$work/$1.in" 2>/dev/null | wscat $keep \${3:+-H "$3"} -c "$2" >"$work/$1.out" &
  running+=" $! $(jobs -p | tail -n 1)"
  for _ in {1..60}; do
    printf '%s\n' '{"kind":"req","id":"ready","type":"GetClock"}' >>"$work/$1.in"
    sleep 0.5
    if grep -q '"reqId":"ready"' "$work/$1.out"; then echo "$1 is connected"; return; fi
  done
  echo "$1 cannot connect" >&2; exit 1
}

send() { printf '%s\n' "$2" >>"$work/$1.in"; echo "$1 > $2"; }

# arrival NAME TEXT...: the newest line that arrived and has every text
arrival() {
  local name=$1 line text; shift
  for _ in {1..150}; do
    line=$(<"$work/$name.out")
    for text; do line=$(grep -F -e "$text" <<<"$line" || true); done
    if [ -n "$line" ]; then tail -n 1 <<<"$line"; return; fi
    sleep 0.2
  done
  echo "$name waited in vain for $*" >&2; exit 1
}

answer() { arrival "$1" "\"reqId\":\"$2\""; }

# value MEMBER [AFTER]: of the line on standard input, behind a text if one is given
value() {
  local line; line=$(cat)
  if [ -n "\${2-}" ]; then line=\${line#*"$2"}; fi
  line=$(grep -o "\"$1\":\"[^\"]*\"" <<<"$line" | head -n 1)
  cut -d '"' -f 4 <<<"$line"
}
`.replaceAll('\\${', '${');
}
