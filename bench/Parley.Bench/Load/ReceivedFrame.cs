using System.Buffers.Text;

namespace Parley.Bench.Load;

/// <summary>What a measured frame says, found by searching for the few members that matter: parsing JSON would cost more than the server's work.</summary>
internal readonly record struct ReceivedFrame(ReceivedKind Kind, long Number, long Sequence, int Code)
{
    /// <summary>Looks into the payload of a text frame.</summary>
    public static ReceivedFrame Read(ReadOnlySpan<byte> payload)
    {
        if (payload.StartsWith("{\"kind\":\"resp\""u8))
        {
            return new ReceivedFrame(
                ReceivedKind.Answer, After(payload, "\"reqId\":\""u8), After(payload, "\"sequence\":"u8), (int)After(payload, "\"code\":"u8));
        }

        if (!payload.StartsWith("{\"kind\":\"notification\""u8)) return new ReceivedFrame(ReceivedKind.Unknown, -1, -1, 0);
        var number = After(payload, "\"message\":\""u8);
        return number < 0
            ? new ReceivedFrame(ReceivedKind.Other, -1, -1, 0)
            : new ReceivedFrame(ReceivedKind.Delivery, number, After(payload, "\"sequence\":"u8), 0);
    }

    private static long After(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> member)
    {
        var at = payload.IndexOf(member);
        return at >= 0 && Utf8Parser.TryParse(payload[(at + member.Length)..], out long value, out _) ? value : -1;
    }
}
