using System.Buffers.Text;

namespace Parley.Protocol.Envelope;

/// <summary>
/// Finds <c>\ud800</c> to <c>\udfff</c> escapes that are no pair: well-formed JSON, but no text (RFC 8259, 8.2), which
/// every reader of the string would stumble over.
/// </summary>
public static class SurrogateEscapes
{
    private const int Length = 6;

    /// <summary>Whether a string of the JSON holds half a pair. What is malformed is left to its parser.</summary>
    public static bool HasHalf(ReadOnlySpan<byte> json)
    {
        for (var start = json.IndexOf((byte)'\\'); start >= 0; start = json.IndexOf((byte)'\\'))
        {
            json = json[start..];
            if (!TryRead(json, out var unit) || !char.IsSurrogate(unit))
            {
                json = json[Math.Min(2, json.Length)..];
                continue;
            }

            if (!char.IsHighSurrogate(unit) || !TryRead(json[Length..], out var next) || !char.IsLowSurrogate(next)) return true;
            json = json[(2 * Length)..];
        }

        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> json, out char unit)
    {
        unit = default;
        if (json.Length < Length || json[0] != '\\' || json[1] != 'u') return false;
        var isHex = Utf8Parser.TryParse(json[2..Length], out ushort value, out var consumed, 'x') && consumed == Length - 2;
        unit = (char)value;
        return isHex;
    }
}
