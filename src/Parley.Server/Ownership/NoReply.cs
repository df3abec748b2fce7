using Parley.Conversations;

namespace Parley.Server.Ownership;

/// <summary>For commands of the server itself, whose effect is seen in the events.</summary>
internal sealed class NoReply : CommandReply
{
    public static readonly NoReply Instance = new();

    public override void Succeed(Decision decision)
    {
    }

    public override void Refuse(Refusal refusal)
    {
    }

    public override void Unavailable()
    {
    }

    public override void Undecided()
    {
    }
}
