package outcome

// ServiceComments says what becomes of outcomes on tickets of service projects,
// whose customers read every comment that is not internal (S12).
type ServiceComments string

const (
	ServiceInternal ServiceComments = "internal" // also the zero value
	ServicePublic   ServiceComments = "public"
	ServiceNone     ServiceComments = "none"
)

// ChooseServiceComments tells where a team can say otherwise.
const ChooseServiceComments = "sync.service_comments is public or none where a team wants that"

// keptFromCustomers says why an entry is not written, if it is for a ticket of a
// service project and the team writes none there.
func (in WritebackInput) keptFromCustomers(t Ticket) (reason string) {
	if t.Service && in.ServiceComments == ServiceNone {
		return t.Key + " belongs to a service project, and sync.service_comments is none"
	}
	return ""
}

// internally reports whether what is written on the ticket is internal.
func (in WritebackInput) internally(t Ticket) bool {
	return t.Service && in.ServiceComments != ServicePublic
}
