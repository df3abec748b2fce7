using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Parley.Protocol.Requests;

/// <summary>A publish (protocol 10.1), read by hand: it is the hot path, so its parts are slices of the frame.</summary>
public ref struct PublishEventRequest
{
    /// <summary>The longest client-chosen event id, in characters.</summary>
    public const int LongestEventId = 64;

    /// <summary>The dialog's id, unescaped.</summary>
    public ReadOnlySpan<byte> DialogId;

    /// <summary>The raw JSON of <c>event</c>; a receipt's with its list in one form, however it came.</summary>
    public ReadOnlySpan<byte> Event;

    /// <summary>What kind of event it is.</summary>
    public EventType EventType;

    /// <summary>Whether only agents and managers may see it.</summary>
    public bool IsPrivate;

    /// <summary>The client's id for publishing once, or null.</summary>
    public string? EventId;

    /// <summary>The numbers a receipt names; null for other events.</summary>
    public List<long>? Sequences;

    /// <summary>Whether a receipt says READ.</summary>
    public bool IsRead;

    /// <summary>Which file a content event shares; null when it shares none.</summary>
    public string? FilePath;

    private bool _hasOddList;

    // Clients take a member that is there for one that is set: null is left out of what is shown to others.
    private bool _hasNulls;

    /// <summary>Reads a body. A refusal says which member is wrong.</summary>
    /// <param name="body">The raw JSON of the request's body, known to be well-formed.</param>
    /// <param name="maxText">The longest text message, in characters.</param>
    /// <param name="request">The parts.</param>
    /// <param name="error">Why it is refused.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, int maxText, out PublishEventRequest request, out string error)
    {
        var parts = default(PublishEventRequest);
        var isValid = TryReadBody(body, maxText, ref parts, out error);
        request = parts;
        return isValid;
    }

    private static bool TryReadBody(ReadOnlySpan<byte> body, int maxText, scoped ref PublishEventRequest request, out string error)
    {
        error = "";
        var reader = new Utf8JsonReader(body);
        if (body.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            error = "body must be an object";
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dialogId"u8))
            {
                reader.Read();
                if (!TryReadText(ref reader, out request.DialogId))
                {
                    error = "dialogId must be text";
                    return false;
                }
            }
            else if (reader.ValueTextEquals("event"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    if (!TryReadEvent(ref reader, body, maxText, ref request, out error)) return false;
                    request.Event = body[start..(int)reader.BytesConsumed];
                    if (request is { _hasOddList: true, EventType: EventType.AcceptStatus }) request.Event = ReceiptEvent.WithSequences(request.Event, request.Sequences!);
                    if (request._hasNulls) request.Event = ObjectCopy.Of(request.Event, member => member.Value.ValueKind != JsonValueKind.Null);
                    if (request.FilePath is not null && !HostedFile.TryRead(request.Event, maxText, out request.FilePath, out error)) return false;
                }
                else
                {
                    reader.Skip();
                }
            }
            else if (reader.ValueTextEquals("messageAudience"u8))
            {
                reader.Read();
                request.IsPrivate = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("AGENTS_AND_MANAGERS"u8);
                if (!request.IsPrivate && !(reader.TokenType == JsonTokenType.Null || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("ALL"u8))))
                {
                    error = "messageAudience must be ALL or AGENTS_AND_MANAGERS";
                    return false;
                }
            }
            else if (reader.ValueTextEquals("eventId"u8))
            {
                reader.Read();
                var isText = TryReadText(ref reader, out var eventId);
                request.EventId = isText && reader.TokenType != JsonTokenType.Null ? Encoding.UTF8.GetString(eventId) : null;
                if (!isText || request.EventId is { Length: 0 or > LongestEventId })
                {
                    error = isText ? "eventId must have 1 to 64 characters" : "eventId must be text";
                    return false;
                }
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        error = request.DialogId.IsEmpty ? "dialogId is missing" : "event is missing";
        return !request.DialogId.IsEmpty && !request.Event.IsEmpty;
    }

    private static bool TryReadEvent(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> body, int maxText, scoped ref PublishEventRequest request, out string error)
    {
        error = "";
        bool hasType = false, isPlainText = true, isFile = false, hasText = false, hasObject = false, hasState = false, hasStatus = false;
        ReadOnlySpan<byte> content = default, message = default, quickReplies = default, contentType = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                hasType = reader.TokenType == JsonTokenType.String && TryReadType(ref reader, out request.EventType);
                if (!hasType)
                {
                    error = "event.type is not known";
                    return false;
                }
            }
            else if (reader.ValueTextEquals("contentType"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.Null)
                {
                    request._hasNulls = true;
                    continue;
                }

                if (reader.TokenType != JsonTokenType.String)
                {
                    error = "event.contentType must be text";
                    return false;
                }

                isPlainText = reader.ValueTextEquals("text/plain"u8);
                isFile = HostedFile.IsContentType(ref reader);
                contentType = isPlainText ? default : Unescaped(ref reader);
            }
            else if (reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("content"u8))
            {
                var isContent = reader.ValueTextEquals("content"u8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    hasText = true;
                    if (reader.ValueSpan.Length > maxText && reader.GetString()!.Length > maxText)
                    {
                        error = "message is longer than the limit";
                        return false;
                    }
                }
                else
                {
                    hasObject |= reader.TokenType == JsonTokenType.StartObject;
                    request._hasNulls |= reader.TokenType == JsonTokenType.Null;
                    if (isContent) content = ReadRaw(ref reader, body);
                    else message = ReadRaw(ref reader, body);
                }
            }
            else if (reader.ValueTextEquals("quickReplies"u8))
            {
                reader.Read();
                request._hasNulls |= reader.TokenType == JsonTokenType.Null;
                quickReplies = ReadRaw(ref reader, body);
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                hasStatus = reader.TokenType == JsonTokenType.String;
                request.IsRead = hasStatus && reader.ValueTextEquals("READ"u8);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("sequenceList"u8))
            {
                reader.Read();
                request._hasOddList |= request.Sequences is not null;
                request.Sequences = ReadSequences(ref reader, ref request._hasOddList);
            }
            else
            {
                var isState = reader.ValueTextEquals("chatState"u8);
                reader.Read();
                hasState |= isState && reader.TokenType == JsonTokenType.String;
                reader.Skip();
            }
        }

        request.FilePath = isFile && request.EventType == EventType.Content ? "" : null;
        error = !hasType ? "event.type is missing" : request.EventType switch
        {
            EventType.Content when isPlainText && !hasText => "event.message must be text",
            EventType.Content when !hasText && !hasObject => "event.message is missing",
            EventType.RichContent when !hasObject => "event.content must be an object",
            EventType.AcceptStatus when !hasStatus => "event.status is missing",
            EventType.AcceptStatus when request.Sequences is null => "event.sequenceList must be a list of numbers",
            EventType.ChatState when !hasState => "event.chatState is missing",
            _ => "",
        };
        if (error.Length > 0) return false;
        error = request.EventType switch
        {
            EventType.RichContent => RichContent.FaultOfCard(content, "event.content") ?? RichContent.FaultOfCard(message, "event.message"),
            EventType.Content when !contentType.IsEmpty => SecureForm.FaultOf(contentType, message, "event.message"),
            _ => null,
        } ?? RichContent.FaultOfQuickReplies(quickReplies, "event.quickReplies") ?? "";
        return error.Length == 0;
    }

    private static ReadOnlySpan<byte> ReadRaw(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var (start, isNull) = ((int)reader.TokenStartIndex, reader.TokenType == JsonTokenType.Null);
        reader.Skip();
        return isNull ? default : body[start..(int)reader.BytesConsumed];
    }

    private static bool TryReadType(scoped ref Utf8JsonReader reader, out EventType type)
    {
        type = EventType.Content;
        if (reader.ValueTextEquals("ContentEvent"u8)) return true;
        if (reader.ValueTextEquals("RichContentEvent"u8)) type = EventType.RichContent;
        else if (reader.ValueTextEquals("AcceptStatusEvent"u8)) type = EventType.AcceptStatus;
        else if (reader.ValueTextEquals("ChatStateEvent"u8)) type = EventType.ChatState;
        else return false;
        return true;
    }

    private static List<long>? ReadSequences(scoped ref Utf8JsonReader reader, ref bool isOdd)
    {
        var sequences = new List<long>();
        isOdd |= reader.TokenType != JsonTokenType.StartArray;
        if (reader.TokenType != JsonTokenType.StartArray) return TryAdd(ref reader, sequences) ? sequences : null;
        var allNumbers = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            isOdd |= reader.TokenType == JsonTokenType.String;
            allNumbers &= TryAdd(ref reader, sequences);
        }

        return allNumbers ? sequences : null;
    }

    private static bool TryAdd(scoped ref Utf8JsonReader reader, List<long> sequences)
    {
        var isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt64(out var n) && Add(n),
            JsonTokenType.String => long.TryParse(reader.ValueSpan, out var n) && Add(n),
            _ => false,
        };
        reader.Skip();
        return isNumber;

        bool Add(long n)
        {
            sequences.Add(n);
            return true;
        }
    }

    // Numbers stand for texts, null for nothing.
    private static bool TryReadText(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> text)
    {
        text = reader.TokenType switch
        {
            JsonTokenType.String => Unescaped(ref reader),
            JsonTokenType.Number => reader.ValueSpan,
            _ => default,
        };
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.Null;
    }

    private static ReadOnlySpan<byte> Unescaped(scoped ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
}
