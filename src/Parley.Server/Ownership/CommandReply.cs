using Parley.Conversations;

namespace Parley.Server.Ownership;

/// <summary>Who waits for the outcome of a command. Exactly one of the members is called, never before everything the outcome looked at is durable.</summary>
internal abstract class CommandReply
{
    /// <summary>Done, stored; or a repeat of something done before.</summary>
    public abstract void Succeed(Decision decision);

    /// <summary>Against the rules.</summary>
    public abstract void Refuse(Refusal refusal);

    /// <summary>The store cannot write or read now: nothing was stored, the same request may be repeated.</summary>
    public abstract void Unavailable();

    /// <summary>Another node decides by now: nothing was stored, the same request may be repeated.</summary>
    public virtual void Moved() => Unavailable();

    /// <summary>It is not known whether it is stored.</summary>
    public abstract void Undecided();
}
