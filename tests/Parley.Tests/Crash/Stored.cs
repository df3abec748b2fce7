using Parley.Client;

namespace Parley.Tests.Crash;

/// <summary>A message as its publisher was told that it is kept, or as a reader found it.</summary>
internal sealed record Stored(long Sequence, string EventId, string Text)
{
    public static Stored Read(MessageEvent message) => new(message.Sequence!.Value, message.EventId!, message.Text!);
}
