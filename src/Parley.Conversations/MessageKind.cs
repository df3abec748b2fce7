namespace Parley.Conversations;

/// <summary>The numbered kinds of event (protocol 10.2). Chat states are not numbered and never stored.</summary>
public enum MessageKind : byte { Content, RichContent, Receipt }
