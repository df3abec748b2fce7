using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>
/// What was found in one element or action of a card. The order of members is free, so they are collected first and judged
/// by the type at the end. A fault is empty when there is none and null when the member is missing.
/// </summary>
internal struct RichContentMembers()
{
    private const int LongestText = 5_000;
    private const int LongestTitle = 128;
    private const int LongestAddress = 2_048;
    private const int Missing = -1;
    private const int NoText = -2;

    private int _text = Missing, _title = Missing, _url = Missing, _uri = Missing, _caption = Missing, _templateType = Missing;
    private bool? _la, _lo;
    private string? _elements, _replies, _click;
    private bool _hasType;
    private string? _type;

    /// <summary>Reads one member; the reader stands on its name.</summary>
    public void Read(scoped ref Utf8JsonReader reader, int level)
    {
        if (reader.ValueTextEquals("type"u8)) ReadType(ref reader);
        else if (reader.ValueTextEquals("text"u8)) _text = ReadLength(ref reader);
        else if (reader.ValueTextEquals("title"u8)) _title = ReadLength(ref reader);
        else if (reader.ValueTextEquals("url"u8)) _url = ReadLength(ref reader);
        else if (reader.ValueTextEquals("uri"u8)) _uri = ReadLength(ref reader);
        else if (reader.ValueTextEquals("caption"u8)) _caption = ReadLength(ref reader);
        else if (reader.ValueTextEquals("templateType"u8)) _templateType = ReadLength(ref reader);
        else if (reader.ValueTextEquals("la"u8)) _la = ReadIsNumber(ref reader);
        else if (reader.ValueTextEquals("lo"u8)) _lo = ReadIsNumber(ref reader);
        else if (reader.ValueTextEquals("resp"u8)) _replies = ReadReplies(ref reader);
        else if (reader.ValueTextEquals("click"u8)) _click = ReadClick(ref reader);
        else if (reader.ValueTextEquals("elements"u8))
        {
            reader.Read();
            _elements = RichContent.FaultOfList(ref reader, level + 1, RichContent.ElementKind.Element, int.MaxValue);
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    /// <summary>What is wrong with it as an element, or null.</summary>
    public readonly string? FaultOfElement()
    {
        if (!_hasType) return ".type is missing";
        string? fault;
        switch (_type)
        {
            case "vertical" or "horizontal" or "carousel": fault = Behind("elements", _elements); break;
            case "text": fault = Text("text", _text, LongestText); break;
            case "image": fault = Text("url", _url, LongestAddress) ?? Optional("caption", _caption); break;
            case "button": fault = Text("title", _title, LongestTitle); break;
            case "map": fault = Number("la", _la) ?? Number("lo", _lo); break;
            case "linkPreview": fault = Text("url", _url, LongestAddress) ?? Optional("title", _title); break;
            case "template": fault = Text("templateType", _templateType, LongestTitle) ?? Text("title", _title, LongestText) ?? Behind("resp", _replies); break;
            default: return null;
        }

        return fault ?? (_click is { Length: > 0 } ? ".click" + _click : null);
    }

    /// <summary>What is wrong with it as an action, or null.</summary>
    public readonly string? FaultOfAction() => !_hasType ? ".type is missing" : _type switch
    {
        "publishText" => Text("text", _text, LongestText),
        "navigate" => Number("la", _la) ?? Number("lo", _lo),
        "link" => Text("uri", _uri, LongestAddress),
        _ => null,
    };

    /// <summary>Whether the value is a number, or text that is one.</summary>
    public static bool IsNumber(scoped ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number
        || (reader.TokenType == JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out double _, out var used) && used == reader.ValueSpan.Length);

    private static string? Text(string name, int length, int longest) =>
        length == Missing ? $".{name} is missing"
        : length == NoText ? $".{name} must be text"
        : length > longest ? $".{name} is longer than {longest} characters"
        : null;

    private static string? Optional(string name, int length) => length == Missing ? null : Text(name, length, LongestTitle);

    private static string? Number(string name, bool? isNumber) => isNumber switch
    {
        null => $".{name} is missing",
        false => $".{name} must be a number",
        _ => null,
    };

    private static string? Behind(string name, string? fault) => fault switch
    {
        null => $".{name} is missing",
        "" => null,
        _ => $".{name}{fault}",
    };

    private void ReadType(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        _hasType = reader.TokenType == JsonTokenType.String;
        _type = null;
        foreach (var known in (ReadOnlySpan<string>)
            ["vertical", "horizontal", "carousel", "text", "image", "button", "map", "linkPreview", "template", "publishText", "navigate", "link"])
        {
            if (_hasType && reader.ValueTextEquals(known)) _type = known;
        }

        reader.Skip();
    }

    private static int ReadLength(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        var length = reader.TokenType switch
        {
            JsonTokenType.String => LengthOf(reader.ValueSpan),
            JsonTokenType.Null => Missing,
            _ => NoText,
        };
        reader.Skip();
        return length;
    }

    private static bool? ReadIsNumber(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        bool? isNumber = reader.TokenType == JsonTokenType.Null ? null : IsNumber(ref reader);
        reader.Skip();
        return isNumber;
    }

    private static string? ReadReplies(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return " must be a list";
        }

        var (fault, count) = ("", 0);
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            var length = reader.TokenType == JsonTokenType.String ? LengthOf(reader.ValueSpan) : NoText;
            if (fault.Length == 0 && length is NoText or > LongestTitle)
                fault = length == NoText ? $"[{count}] must be text" : $"[{count}] is longer than {LongestTitle} characters";
            reader.Skip();
        }

        return count == 0 ? " is empty" : fault;
    }

    private static string? ReadClick(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return " must be an object";
        }

        var fault = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var areActions = reader.ValueTextEquals("actions"u8);
            reader.Read();
            if (!areActions || reader.TokenType == JsonTokenType.Null) reader.Skip();
            else if (RichContent.FaultOfList(ref reader, 0, RichContent.ElementKind.Action, RichContent.MostActions) is { Length: > 0 } found) fault = ".actions" + found;
        }

        return fault;
    }

    // Counted without unescaping: an escape is one character, however long it is.
    private static int LengthOf(ReadOnlySpan<byte> raw)
    {
        var length = Encoding.UTF8.GetCharCount(raw);
        for (var at = raw.IndexOf((byte)'\\'); at >= 0; at = raw.IndexOf((byte)'\\'))
        {
            var escape = raw[at + 1] == 'u' ? 6 : 2;
            length -= escape - 1;
            raw = raw[(at + escape)..];
        }

        return length;
    }
}
