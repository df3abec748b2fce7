using CsCheck;

namespace Parley.Conversations.Tests.Properties;

/// <summary>Random scripts: mostly of an opened conversation, with enough repeats, strangers and late steps to matter.</summary>
internal static class Script
{
    // Coarse, so that steps fall on the very moment a ring expires.
    private static readonly Gen<int> Elapsed = Gen.Int[-5, 10].Select(i => i * 10);
    private static readonly Gen<User> Agent = Gen.Int[(int)User.Ada, (int)User.Cleo].Select(i => (User)i);
    private static readonly Gen<User> Anybody = Gen.Int[0, (int)User.System].Select(i => (User)i);
    private static readonly Gen<ulong> Hash = Gen.Int[1, 2].Select(i => (ulong)i);
    private static readonly Gen<int> Ring = Gen.Int[0, 9];
    private static readonly Gen<int> EventId = Gen.Int[-4, 3]; // negative: none

    private static readonly Gen<Step> Open =
        Gen.Select(Elapsed, Hash, Gen.Bool, (e, h, a) => (Step)new Step.Open(e, h, a));

    private static readonly Gen<Step> Publish =
        Gen.Select(
            Gen.Select(Elapsed, Anybody, Gen.Int[0, 29], Gen.Enum<MessageKind>()),
            Gen.Select(Gen.Int[0, 4], EventId, Gen.Int[0, 1]),
            Gen.Long[-1, 40].Array[0, 3],
            Gen.Bool,
            (a, b, receipts, read) => (Step)new Step.Publish(
                a.Item1, a.Item2, a.Item3 == 29, a.Item4, b.Item1 == 4, b.Item2, b.Item3,
                a.Item4 == MessageKind.Receipt ? receipts : [], read && a.Item4 == MessageKind.Receipt));

    private static readonly Gen<Step> Close =
        Gen.Select(Elapsed, Anybody, EventId, Hash, (e, u, id, h) => (Step)new Step.Close(e, u, id, h));

    private static readonly Gen<Step> Offer =
        Gen.Select(Elapsed, Ring, Agent, Gen.Int[0, 40], (e, r, a, life) => (Step)new Step.Offer(e, r, a, life * 10));

    private static readonly Gen<Step> Answer =
        Gen.Select(Elapsed, Ring, Agent, Gen.Bool, (e, r, a, accept) => (Step)new Step.Answer(e, r, a, accept));

    private static readonly Gen<Step> End =
        Gen.Select(Elapsed, Gen.Int[-1, 9], Gen.Bool, (e, r, expired) => (Step)new Step.End(e, r, expired));

    private static readonly Gen<Step> Join =
        Gen.Select(Elapsed, Agent, Gen.Int[(int)Role.Agent, (int)Role.Controller].Select(i => (Role)i), (e, a, role) => (Step)new Step.Join(e, a, role));

    private static readonly Gen<Step> Leave =
        Gen.Select(Elapsed, Agent, (e, a) => (Step)new Step.Leave(e, a));

    private static readonly Gen<Step> Any =
        Gen.Frequency((1, Open), (60, Publish), (1, Close), (6, Offer), (12, Answer), (3, End), (5, Join), (4, Leave));

    /// <summary>Steps per script, at most and about twice the average.</summary>
    public const int Longest = 120;

    public static readonly Gen<Step[]> Scripts =
        Gen.Select(Gen.Int[0, 19], Open, Any.Array[0, Longest], (lot, open, steps) => lot == 19 ? steps : [open, .. steps]);

    public static string Print(Step[] script) => string.Join(Environment.NewLine, script.Select((step, i) => $"{i,4} {step}"));
}
