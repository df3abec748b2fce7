import { useEffect, useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { CannedAnswer } from '@parley/client/admin';
import { Button, toast } from '@parley/ui';
import { placeholders } from '../../canned/placeholders';
import { withOne } from '../Administration';
import { useAdministration } from '../context';
import { LongRow } from '../form/LongRow';
import { SettingRows } from '../form/SettingRow';
import type { Source } from '../form/Source';
import { text, type Codec } from '../model/codec';
import { explainRefusal } from '../model/refusal';
import { Saved } from '../model/saved';
import { namesOf, type Spec } from '../model/specs';
import { go } from '../place';
import { answerOrder } from './AnswersView';
import { SkillsOfAnswer } from './SkillsOfAnswer';

const shortcut: Codec = {
  format: (value) => (typeof value === 'string' ? value : ''),
  parse(typed) {
    const trimmed = typed.trim().replace(/^\//, '');
    return trimmed === '' ? { value: null } : /^[a-z0-9-]{1,32}$/.test(trimmed) ? { value: trimmed } : { error: 'Up to 32 lower-case letters, digits and hyphens.' };
  },
};

const required = (codec: Codec, name: string): Codec => ({ ...codec, parse: (typed) => (typed.trim() === '' ? { error: `${name} is missing.` } : codec.parse(typed)) });

const title: Spec = { key: 'title', label: 'Title', hint: 'What agents choose it by.', kind: { is: 'typed', codec: required(text(128), 'The title'), wide: true } };
const body = { is: 'long', codec: required(text(8000), 'The text'), longest: 8000, placeholders, preview: true } as const;
const bodySpec: Spec = { key: 'text', label: 'Text', hint: 'What the consumer reads, once the agent sends it.', kind: body };
const rest: readonly Spec[] = [
  { key: 'shortcut', label: 'Shortcut', hint: 'Typed after a slash.', kind: { is: 'typed', codec: shortcut } },
  { key: 'category', label: 'Category', kind: { is: 'typed', codec: text(128), wide: true } },
  { key: 'language', label: 'Language', hint: 'A tag like en or pt-BR; empty for any.', kind: { is: 'typed', codec: text(35) } },
];

/** One canned answer, member by member. */
export function AnswerForm({ answer }: { answer: CannedAnswer }) {
  const administration = useAdministration();
  const { admin, answers } = administration;
  const removing = useSignal(false);
  const saved = useMemo(
    () =>
      new Saved<CannedAnswer>(answer, async (patch) => {
        const changed = await admin.changeCannedAnswer(answer.id, patch);
        answers.put((all) => withOne(all, changed, (one) => one.id, answerOrder));
        return changed;
      }),
    [administration, answer.id],
  );
  useEffect(() => saved.replace(answer), [answer]);
  const source: Source = {
    of: saved,
    read: (key) => (saved.record.value as unknown as Record<string, unknown>)[key],
    save: (key, value) => saved.save({ [key]: value ?? '' }),
    locked: false,
    names: { ...namesOf([title, bodySpec, ...rest]), skillIds: 'Skills' },
  };
  const remove = async () => {
    removing.value = true;
    try {
      await admin.removeCannedAnswer(answer.id);
      go('answers');
      answers.put((all) => all.filter((one) => one.id !== answer.id));
      toast(`“${answer.title}” is removed`, { undo: () => void putBack(answer) });
    } catch (error) {
      toast(explainRefusal(error), { tone: 'danger' });
    }
    removing.value = false;
  };
  const putBack = async ({ title, text, shortcut, skillIds, language, category }: CannedAnswer) => {
    try {
      const back = await admin.addCannedAnswer({ title, text, skillIds, ...(shortcut === null ? {} : { shortcut }), ...(language === null ? {} : { language }), ...(category === null ? {} : { category }) });
      answers.put((all) => withOne(all, back, (one) => one.id, answerOrder));
    } catch (error) {
      toast(`“${title}” is not back. ${explainRefusal(error)}`, { tone: 'danger' });
    }
  };
  return (
    <>
      <header class="set-card">
        <div class="set-card-words">
          <h2>{saved.record.value.title}</h2>
          <p class="set-quiet">{saved.record.value.shortcut === null ? 'Without a shortcut' : `Agents type /${saved.record.value.shortcut}`}</p>
        </div>
        <Button size="small" icon="trash" busy={removing.value} onClick={() => void remove()}>
          Remove
        </Button>
      </header>
      <section class="set-group">
        <div class="set-rows">
          <SettingRows specs={[title]} source={source} />
          <LongRow spec={bodySpec} kind={body} source={source} required />
          <SettingRows specs={rest} source={source} />
        </div>
      </section>
      <SkillsOfAnswer source={source} />
    </>
  );
}
