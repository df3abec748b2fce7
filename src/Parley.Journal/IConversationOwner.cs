namespace Parley.Journal;

/// <summary>The object that decides for one conversation in this process.</summary>
public interface IConversationOwner
{
    /// <summary>
    /// Called on the committing thread when a commit with entries of this owner failed, or its conversation is another node's now: under its own lock the owner
    /// stops deciding for good. Once this returns it appends nothing more; whoever needs the conversation loads it anew.
    /// </summary>
    void Abandon();
}
