import { Icon } from '@parley/ui';
import { pathText } from '../../json/locate';
import type { Path } from '../../json/node';
import type { Shape } from '../../schema/shape';
import type { Problem } from '../../schema/validate';
import { Words } from './Words';
import { kindInWords } from './words';

/** One member, explained by its schema. */
export function Meaning({ path, shape, problems }: { readonly path: Path; readonly shape: Shape | null; readonly problems: readonly Problem[] }) {
  return (
    <>
      <p>
        <code class="b-path">{pathText(path) || 'the frame'}</code>{' '}
        <Words text={shape ? shape.description || shape.title : 'Not described by the schema; it is kept or ignored.'} />
      </p>
      {shape && <p class="b-quiet">Takes {kindInWords(shape)}.</p>}
      {problems.map(({ message }) => (
        <p key={message} class="b-wrong">
          <Icon name="error" /> {message}
        </p>
      ))}
    </>
  );
}
