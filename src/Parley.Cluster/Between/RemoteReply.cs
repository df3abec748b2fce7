using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Cluster.Between;

/// <summary>The outcome of what another node asked for: it goes back there, before the events it caused.</summary>
internal sealed class RemoteReply(Action<Outcome> send) : CommandReply
{
    public override void Succeed(Decision decision) => send(Outcome.Of(decision));

    public override void Refuse(Refusal refusal) => send(new(OutcomeKind.Refused, refusal));

    public override void Unavailable() => send(new(OutcomeKind.Unavailable));

    public override void Undecided() => send(new(OutcomeKind.Undecided));

    public override void Moved() => send(new(OutcomeKind.Moved));
}
