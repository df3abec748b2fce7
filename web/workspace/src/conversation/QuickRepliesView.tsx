import type { QuickReplies } from '@parley/client';

/** What the consumer may answer with one tap. */
export function QuickRepliesView({ replies }: { readonly replies: QuickReplies }) {
  return (
    <ul class="quick-replies" aria-label="Quick replies offered">
      {replies.replies.map((reply, index) => (
        <li key={index} class="quick-reply" title={reply.tooltip ?? undefined}>
          {reply.title}
        </li>
      ))}
    </ul>
  );
}
