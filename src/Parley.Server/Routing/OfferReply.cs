using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>Gives the reserved slot back when an offer could not be made.</summary>
/// <param name="refused">The conversation needs something else by now: what it is was told before.</param>
/// <param name="failed">It could not be stored: at once it would fail again.</param>
internal sealed class OfferReply(Action refused, Action failed) : CommandReply
{
    public override void Succeed(Decision decision)
    {
    }

    public override void Refuse(Refusal refusal) => refused();

    public override void Unavailable() => failed();

    public override void Undecided() => failed();
}
