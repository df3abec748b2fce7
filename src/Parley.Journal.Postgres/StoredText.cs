using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parley.Journal.Postgres;

/// <summary>
/// Texts as PostgreSQL can keep them: it refuses U+0000 and lone surrogates, which clients may put into ids. They are escaped by
/// a backslash, and so is the backslash: different texts stay different, and all others are what they were.
/// </summary>
internal static class StoredText
{
    public static string Of(string text)
    {
        if (IsPlain(text)) return text;
        var stored = new StringBuilder(text.Length + 8);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var isRune = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            if (isRune && rune.Value is not ('\0' or '\\')) stored.Append(rest[..length]);
            else stored.Append(CultureInfo.InvariantCulture, $"\\{(int)rest[0]:x4}");
            rest = rest[length..];
        }

        return stored.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is '\0' or '\\' || char.IsSurrogate(c)) return false;
        }

        return true;
    }
}
