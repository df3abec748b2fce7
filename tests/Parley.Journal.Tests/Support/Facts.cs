using System.Text.Json;
using Parley.Conversations;
using Parley.Conversations.Events;
using Parley.Journal.Encoding;

namespace Parley.Journal.Tests.Support;

/// <summary>Comparisons by content: records hold lists and byte arrays, which compare by reference.</summary>
internal static class Facts
{
    public static string Of(Conversation? state) => state is null ? "none" : JsonSerializer.Serialize(state, JournalJson.Default.Conversation);

    public static string Of(ConversationEvent e)
    {
        var packed = new ByteWriter();
        EventCodec.Write(packed, e);
        return Convert.ToHexString(packed.Written);
    }

    public static void Same(Conversation? expected, Conversation? actual) => Assert.Equal(Of(expected), Of(actual));

    public static void Same(IEnumerable<ConversationEvent> expected, IEnumerable<ConversationEvent> actual) =>
        Assert.Equal(expected.Select(Of), actual.Select(Of));
}
