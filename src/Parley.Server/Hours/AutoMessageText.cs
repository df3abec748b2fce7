using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Conversations;
using Parley.Server.Identity;

namespace Parley.Server.Hours;

/// <summary>The texts that operators wrote for the server's own messages, as events (protocol 10.2, 14, 15.9).</summary>
internal static class AutoMessageText
{
    /// <summary>Those that can be written beforehand: all but that of a place in the queue.</summary>
    public static IReadOnlyDictionary<AutoMessageKind, AutoMessage> All(AccountSettings settings, DateTime? opensAt)
    {
        var messages = new Dictionary<AutoMessageKind, AutoMessage>();
        Add(AutoMessageKind.OffHours, settings.OffHoursMessage?.Replace("{opensAt}", opensAt?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Add(AutoMessageKind.Welcome, settings.WelcomeMessage);
        Add(AutoMessageKind.Transfer, settings.TransferMessage);
        return messages;

        void Add(AutoMessageKind kind, string? text)
        {
            if (text is not null) messages[kind] = Of(kind, text);
        }
    }

    /// <summary>That of a place in the queue, and of how long it probably takes, milliseconds; a minute or so when nothing is known.</summary>
    public static AutoMessage Waiting(string text, int position, long? estimate) => Of(AutoMessageKind.Waiting, text
        .Replace("{position}", position.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{minutes}", Math.Max(1, ((estimate ?? 0) + 59_999) / 60_000).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>A text as the server's own message.</summary>
    private static AutoMessage Of(AutoMessageKind kind, string text) => new(
        Bytes(new JsonObject { ["type"] = "ContentEvent", ["contentType"] = "text/plain", ["message"] = text }),
        Bytes(new JsonArray(new JsonObject { ["type"] = "AutoMessage", ["trigger"] = NameOf(kind) })));

    private static string NameOf(AutoMessageKind kind) => kind switch
    {
        AutoMessageKind.OffHours => "OFF_HOURS",
        AutoMessageKind.Welcome => "NEW_CONVERSATION",
        AutoMessageKind.Transfer => "TRANSFER",
        _ => "QUEUE_WAITING",
    };

    private static byte[] Bytes(JsonNode node)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) node.WriteTo(json);
        return bytes.WrittenSpan.ToArray();
    }
}
