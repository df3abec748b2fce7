using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Server.Routing;

/// <summary>Gives the reserved slot back when an offer could not be made.</summary>
internal sealed class OfferReply(Action withdraw) : CommandReply
{
    public override void Succeed(Decision decision)
    {
    }

    public override void Refuse(Refusal refusal) => withdraw();

    public override void Unavailable() => withdraw();

    public override void Undecided() => withdraw();
}
