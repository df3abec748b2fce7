namespace Parley.Conversations.Events;

/// <summary>The metadata of the request whose events precede this one (protocol 14): raw JSON, shown with the change and nowhere else.</summary>
public sealed record MetadataGiven(string Metadata) : ConversationEvent;
