using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Accounts.Postgres;

/// <summary>
/// Texts as PostgreSQL can keep them: it refuses U+0000 and lone surrogates, which clients may put into ids and descriptions.
/// They are escaped by U+001A, and so is that: different texts stay different, and all others, JSON above all, are what they were.
/// </summary>
internal static partial class StorableText
{
    private const char Escape = '\u001A';

    public static string Of(string text)
    {
        if (IsStorable(text)) return text;
        var stored = new StringBuilder(text.Length + 8);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var isRune = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            if (isRune && rune.Value is not ('\0' or Escape)) stored.Append(rest[..length]);
            else stored.Append(CultureInfo.InvariantCulture, $"{Escape}{(int)rest[0]:x4}");
            rest = rest[length..];
        }

        return stored.ToString();
    }

    /// <summary>What a stored text was made of.</summary>
    public static string Original(string stored) => stored.Contains(Escape)
        ? Escaped.Replace(stored, match => ((char)int.Parse(match.ValueSpan[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : stored;

    private static bool IsStorable(string text)
    {
        foreach (var c in text)
        {
            if (c is '\0' or Escape || char.IsSurrogate(c)) return false;
        }

        return true;
    }

    [GeneratedRegex("\u001A[0-9a-f]{4}")]
    private static partial Regex Escaped { get; }
}
