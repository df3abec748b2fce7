using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>
/// Checks the structure of cards and quick replies (protocol 10.2, 28). They are forwarded as they came, so what is known
/// must be what clients expect; unknown types and members pass. The JSON is known to be well-formed.
/// </summary>
public static class RichContent
{
    /// <summary>How deep elements may be nested.</summary>
    public const int Deepest = 16;

    /// <summary>The most actions of one click.</summary>
    public const int MostActions = 4;

    /// <summary>What is wrong with the tree of a card, naming the place, or null.</summary>
    /// <param name="tree">The raw JSON of <c>content</c>; nothing is wrong with none.</param>
    /// <param name="path">Where the tree is, for the words.</param>
    public static string? FaultOfCard(ReadOnlySpan<byte> tree, string path)
    {
        if (tree.IsEmpty) return null;
        var reader = new Utf8JsonReader(tree);
        return reader.Read() && FaultOfElement(ref reader, 1) is { } fault ? path + fault : null;
    }

    /// <summary>What is wrong with quick replies, naming the place, or null.</summary>
    /// <param name="quickReplies">The raw JSON of <c>quickReplies</c>; nothing is wrong with none.</param>
    /// <param name="path">Where they are, for the words.</param>
    public static string? FaultOfQuickReplies(ReadOnlySpan<byte> quickReplies, string path)
    {
        if (quickReplies.IsEmpty) return null;
        var reader = new Utf8JsonReader(quickReplies);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return path + " must be an object";
        var (isKnown, replies, perRow) = (true, " is missing", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isKnown = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("quickReplies"u8);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("replies"u8))
            {
                reader.Read();
                replies = FaultOfList(ref reader, 1, ElementKind.Element, int.MaxValue);
            }
            else if (reader.ValueTextEquals("itemsPerRow"u8))
            {
                reader.Read();
                perRow = reader.TokenType == JsonTokenType.Null || RichContentMembers.IsNumber(ref reader) ? "" : " must be a number";
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return !isKnown ? null : replies.Length > 0 ? $"{path}.replies{replies}" : perRow.Length > 0 ? $"{path}.itemsPerRow{perRow}" : null;
    }

    /// <summary>What is wrong with the element that begins here, to be put behind its path, or null. Reads to its end.</summary>
    internal static string? FaultOfElement(scoped ref Utf8JsonReader reader, int level)
    {
        if (reader.TokenType != JsonTokenType.StartObject || level > Deepest)
        {
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            return isObject ? " is nested too deeply" : " must be an object";
        }

        var members = new RichContentMembers();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) members.Read(ref reader, level);
        return members.FaultOfElement();
    }

    /// <summary>What is wrong with the action that begins here. Reads to its end.</summary>
    internal static string? FaultOfAction(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return " must be an object";
        }

        var members = new RichContentMembers();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) members.Read(ref reader, Deepest);
        return members.FaultOfAction();
    }

    /// <summary>What is wrong with the list that begins here, or an empty text. Reads to its end.</summary>
    internal static string FaultOfList(scoped ref Utf8JsonReader reader, int level, ElementKind kind, int most)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return " must be a list";
        }

        var (fault, count) = ("", 0);
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            var found = kind == ElementKind.Action ? FaultOfAction(ref reader) : FaultOfElement(ref reader, level);
            if (found is not null && fault.Length == 0) fault = $"[{count}]{found}";
        }

        return count > most ? $" has more than {most} items" : fault;
    }

    /// <summary>What a list holds.</summary>
    internal enum ElementKind : byte { Element, Action }
}
