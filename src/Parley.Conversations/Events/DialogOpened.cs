namespace Parley.Conversations.Events;

/// <summary>Another dialog began, with these participants (protocol 15.2).</summary>
public sealed record DialogOpened(string DialogId, DialogType Type, string ChannelType, string? MetaData, IReadOnlyList<Participant> Participants) : ConversationEvent;
