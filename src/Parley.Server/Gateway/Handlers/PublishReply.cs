using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Protocol.Envelope;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Answers a publish with the event's number; a repeat with the first one's.</summary>
internal sealed class PublishReply(PendingAnswer answer) : CommandReply
{
    public override void Succeed(Decision decision)
    {
        var message = decision.Repeated ?? (MessagePublished)decision.Events[0];
        answer.Give(Answers.Published(Scratch.Answer, answer.RequestId, answer.Dialect, message.Sequence));
    }

    public override void Refuse(Refusal refusal) => answer.Refuse(refusal);

    public override void Unavailable() => answer.GiveUnavailable();

    public override void Undecided() => answer.CloseUnanswered();
}
