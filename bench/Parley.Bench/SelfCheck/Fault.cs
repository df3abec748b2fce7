using Parley.Bench.Load;

namespace Parley.Bench.SelfCheck;

/// <summary>Something a peer does wrong, or a right thing that is hard, and what the load must count for it.</summary>
internal sealed record Fault(string Name, Func<long, IEnumerable<PeerFrame>> Script, long OutOfOrder = 0, long Errors = 0, long Lost = 0)
{
    private const long At = 10;

    /// <summary>Whether each byte is sent alone.</summary>
    public bool Trickles { get; private init; }

    // A frame that comes too late costs three: itself, the one that came in its place, and the one after it.
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("none", Right),
        new("frames in pieces", Right) { Trickles = true },
        new("two notifications of the agent are swapped", n => n switch
        {
            At => [PeerFrame.Answer(n, n), PeerFrame.ToSender(n, n)],
            At + 1 => [.. Right(n), PeerFrame.ToHisAgent(At, At)],
            _ => Right(n),
        }, OutOfOrder: 3),
        new("two answers are swapped", n => n switch
        {
            At => [PeerFrame.ToSender(n, n), PeerFrame.ToHisAgent(n, n)],
            At + 1 => [.. Right(n), PeerFrame.Answer(At, At)],
            _ => Right(n),
        }, OutOfOrder: 3),
        new("a notification comes twice", n => n == At ? [.. Right(n), PeerFrame.ToSender(n, n)] : Right(n), OutOfOrder: 1),
        new("a notification never comes", n => n == At ? [PeerFrame.Answer(n, n), PeerFrame.ToSender(n, n)] : Right(n), OutOfOrder: 1, Lost: 1),
        new("an answer never comes", n => n == At ? [PeerFrame.ToSender(n, n), PeerFrame.ToHisAgent(n, n)] : Right(n), OutOfOrder: 1, Lost: 1),
        new("the messages of two sequences are swapped", n => n switch
        {
            At => [PeerFrame.Answer(n, n), PeerFrame.ToSender(n, n), PeerFrame.ToHisAgent(n + 1, n)],
            At + 1 => [PeerFrame.Answer(n, n), PeerFrame.ToSender(n, n), PeerFrame.ToHisAgent(n - 1, n)],
            _ => Right(n),
        }, OutOfOrder: 1),
        new("a publish is refused", n => n switch
        {
            < At => Right(n),
            At => [PeerFrame.Answer(n, 0, code: 503)],
            _ => [PeerFrame.Answer(n, n - 1), PeerFrame.ToSender(n, n - 1), PeerFrame.ToHisAgent(n, n - 1)],
        }, Errors: 1),
        new("a frame is no envelope", n => n == At ? [.. Right(n), new PeerFrame(ToAgent: true, "nonsense")] : Right(n), Errors: 1),
        new("an agent is answered what he did not ask", n => n == At ? [.. Right(n), PeerFrame.Answer(n, n) with { ToAgent = true }] : Right(n), Errors: 1),
        new("a socket is closed", n => n == At ? [.. Right(n), new PeerFrame(ToAgent: false, "", FrameHeader.Close)] : Right(n), Errors: 1),
        new("a ping and another notification come between", n => n == At
            ? [new(ToAgent: true, "ping", FrameHeader.Ping), new(ToAgent: true, """{"kind":"notification","type":"cqm.X","body":{}}"""), .. Right(n)]
            : Right(n)),
    ];

    private static IEnumerable<PeerFrame> Right(long number) =>
        [PeerFrame.Answer(number, number), PeerFrame.ToSender(number, number), PeerFrame.ToHisAgent(number, number)];
}
