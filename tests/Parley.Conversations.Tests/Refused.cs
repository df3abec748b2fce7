namespace Parley.Conversations.Tests;

internal static class Refused
{
    /// <summary>Asserts a refusal of this kind that changes nothing and whose text fits the wire (protocol 28).</summary>
    public static void With(RefusalKind kind, Decision decision)
    {
        Assert.NotNull(decision.Refusal);
        Assert.Equal(kind, decision.Refusal.Kind);
        Assert.InRange(decision.Refusal.Details.Length, 1, 128);
        Assert.Empty(decision.Events);
        Assert.Null(decision.Repeated);
    }
}
