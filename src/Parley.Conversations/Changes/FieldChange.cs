namespace Parley.Conversations.Changes;

/// <summary>One change of a conversation's fields (protocol 9.3). Several of one request are carried out together or not at all.</summary>
/// <param name="ByConsumer">Whether the conversation's consumer may ask for it.</param>
/// <param name="ByAgent">Whether agents who take part may.</param>
public abstract record FieldChange(bool ByConsumer, bool ByAgent);
