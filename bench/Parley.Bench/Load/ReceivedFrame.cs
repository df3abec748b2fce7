using System.Buffers.Text;

namespace Parley.Bench.Load;

/// <summary>What a measured frame says, found by searching for the few members that matter: parsing JSON would cost more than the server's work.</summary>
internal readonly record struct ReceivedFrame(ReceivedKind Kind, long Number, long Sequence, int Code)
{
    private static ReadOnlySpan<byte> Head => "{\"kind\":\"notification\",\"type\":\""u8;

    /// <summary>Makes no sense.</summary>
    public static ReceivedFrame Unknown { get; } = new(ReceivedKind.Unknown, -1, -1, 0);

    /// <summary>Says nothing that counts.</summary>
    public static ReceivedFrame Other { get; } = new(ReceivedKind.Other, -1, -1, 0);

    /// <summary>Looks into the payload of a text frame.</summary>
    public static ReceivedFrame Read(ReadOnlySpan<byte> payload)
    {
        if (payload.StartsWith("{\"kind\":\"resp\""u8))
        {
            return new ReceivedFrame(
                ReceivedKind.Answer, After(payload, "\"reqId\":\""u8), After(payload, "\"sequence\":"u8), (int)After(payload, "\"code\":"u8));
        }

        if (!payload.StartsWith(Head)) return Unknown;
        // A list change holds the last message, too.
        if (!payload[Head.Length..].StartsWith("ms.MessagingEventNotification\""u8) && !payload[Head.Length..].StartsWith(".ams.ms.OnlineEventDistribution\""u8)) return Other;
        var number = After(payload, "\"message\":\""u8);
        return number < 0
            ? Other
            : new ReceivedFrame(ReceivedKind.Delivery, number, After(payload, "\"sequence\":"u8), 0);
    }

    /// <summary>The number that follows; -1 when there is none.</summary>
    public static long After(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> member, bool last = false)
    {
        var at = last ? payload.LastIndexOf(member) : payload.IndexOf(member);
        return at >= 0 && Utf8Parser.TryParse(payload[(at + member.Length)..], out long value, out _) ? value : -1;
    }
}
